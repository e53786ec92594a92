/** The style sheet of the HTML report. Every pair of text and background has a contrast of at least 4.5 to 1. */
export const STYLE = `
:root{color-scheme:light;--page:#f5f6f8;--card:#fff;--ink:#1a1f27;--soft:#525c6a;--line:#dbdfe6;--code:#f2f4f7;--link:#0b57b0;
--critical:#86142c;--high:#b3400a;--medium:#7d5a00;--low:#2f5d8c;--info:#525c6a;--pass:#1d6b3c;
--add:#e3f4e8;--addink:#14532d;--remove:#fbe6e8;--removeink:#7f1426;--simulated:#fff3cf;--simulatedink:#5c4300}
@media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;--page:#11141a;--card:#191d25;--ink:#e6e9ee;--soft:#a3adbb;
--line:#2e3541;--code:#12161c;--link:#8abaff;--critical:#ff8b9c;--high:#ffa26b;--medium:#e8c15a;--low:#8fbdf2;--info:#a3adbb;--pass:#7fd6a0;
--add:#12301f;--addink:#a5e6bd;--remove:#3a161d;--removeink:#ffb3bf;--simulated:#3a2f10;--simulatedink:#ffdf8a}}
@media screen{:root[data-theme=dark]{color-scheme:dark;--page:#11141a;--card:#191d25;--ink:#e6e9ee;--soft:#a3adbb;
--line:#2e3541;--code:#12161c;--link:#8abaff;--critical:#ff8b9c;--high:#ffa26b;--medium:#e8c15a;--low:#8fbdf2;--info:#a3adbb;--pass:#7fd6a0;
--add:#12301f;--addink:#a5e6bd;--remove:#3a161d;--removeink:#ffb3bf;--simulated:#3a2f10;--simulatedink:#ffdf8a}}
*{box-sizing:border-box}
html{scroll-padding-top:5rem}
body{margin:0;background:var(--page);color:var(--ink);font:.9375rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
[hidden]{display:none!important}
a{color:var(--link)}
li a{display:inline-block;line-height:1.6rem;min-width:1.6rem}
.body ul{margin:0;padding-left:1.1rem}.body li+li{margin-top:.25rem}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:4px}
.skip{position:absolute;left:-999px}
.skip:focus{left:1rem;top:1rem;background:var(--card);padding:.5rem 1rem;z-index:9}
.wrap{max-width:68rem;margin:0 auto;padding:0 1.25rem}
h1,h2,h3,h4,p,ul,ol,dl,pre,table{margin:0}
h1{font-size:1.5rem;line-height:1.2;letter-spacing:-.01em}
h2{font-size:1.125rem;margin:2rem 0 .75rem}
h3{font-size:1rem;font-weight:600}
h4{font-size:.75rem;font-weight:600;color:var(--soft);margin:1rem 0 .35rem}
code,pre,.id{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.8125rem}
.soft{color:var(--soft)}
.simulated{background:var(--simulated);color:var(--simulatedink);padding:.6rem 0;font-weight:600}
.top{padding-top:1.75rem}.region{white-space:nowrap}.facts summary{cursor:pointer}
.bar{display:flex;gap:1rem;align-items:flex-start;justify-content:space-between}
.facts{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;margin-top:.6rem;color:var(--soft);font-size:.875rem}
.facts div{display:flex;gap:.4rem;min-width:0}.facts dt{flex:none}.facts dd{margin:0;color:var(--ink)}
button,select,input{font:inherit;font-size:.875rem;color:var(--ink);background:var(--card);border:1px solid var(--line);border-radius:6px;padding:.35rem .65rem;min-height:2.25rem}
button{cursor:pointer;white-space:nowrap}button:hover{border-color:var(--soft)}
.tiles{display:grid;grid-template-columns:repeat(5,1fr);gap:.6rem;padding:0;list-style:none;margin:.35rem 0 0}
.label{font-size:.8125rem;color:var(--soft);margin-top:1.1rem}
.tiles a,.tiles span.tile{display:block;background:var(--card);border:1px solid var(--line);border-top:3px solid var(--tone,var(--line));border-radius:8px;padding:.5rem .8rem;color:var(--ink);text-decoration:none;height:100%}
.tiles a:hover{border-color:var(--tone)}
.tiles b{display:inline-block;min-width:1.2em;margin-right:.15rem;font-size:1.6rem;line-height:1.15;font-weight:600;font-variant-numeric:tabular-nums}
.tiles .none b{color:var(--soft);font-weight:400}
.tone-critical{--tone:var(--critical)}.tone-high{--tone:var(--high)}.tone-medium{--tone:var(--medium)}.tone-low{--tone:var(--low)}
.tone-info,.tone-NOT_APPLICABLE,.tone-MUTED,.tone-INFO{--tone:var(--info)}.tone-UNKNOWN{--tone:var(--medium)}.tone-PASS{--tone:var(--pass)}
.panel{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:.9rem 1.1rem;margin-top:1rem}
.panel ul,.panel ol{padding-left:1.1rem;margin-top:.3rem}.panel li+li{margin-top:.25rem}
.gate{font-weight:600}.gate b{border:1.5px solid var(--tone);color:var(--tone);border-radius:4px;padding:.05rem .45rem;margin-right:.6rem}
.filters{position:sticky;top:0;z-index:5;background:var(--page);margin-top:1.5rem;padding:.6rem 0;border-bottom:1px solid var(--line)}
.filters form{display:flex;flex-wrap:wrap;gap:.5rem;align-items:end}
.filters label{display:flex;flex-direction:column;font-size:.75rem;color:var(--soft);gap:.15rem;min-width:0}
.filters label.text{flex:1 1 9rem}.filters input{width:100%}.filters select{max-width:9.5rem}.filters output{font-size:.8125rem;color:var(--soft);margin-left:auto;padding-bottom:.5rem}
::placeholder{color:var(--soft);opacity:1}
.check{background:var(--card);border:1px solid var(--line);border-left:4px solid var(--tone,var(--line));border-radius:8px;margin-top:.75rem}
.check>header{padding:.7rem 1rem .5rem;display:flex;flex-wrap:wrap;gap:.15rem .75rem;align-items:baseline}
.mark{color:var(--tone);font-weight:700;font-size:.75rem;letter-spacing:.03em;min-width:4.6rem}
.check h3{flex:1 1 18rem;display:flex;gap:.6rem}.check h3 .id{color:var(--soft);font-weight:400;white-space:nowrap;padding-top:.12rem}
.count{color:var(--soft);font-size:.8125rem}
.why{padding:0 1rem .6rem;color:var(--soft);font-size:.875rem;max-width:60rem}
.finding{border-top:1px solid var(--line)}
@media screen{.finding{content-visibility:auto;contain-intrinsic-size:auto 2.5rem}}
.finding>summary{padding:.5rem 1rem .5rem 2rem;cursor:pointer;list-style:none;position:relative;display:grid;grid-template-columns:minmax(0,17rem) minmax(0,1fr) auto;gap:.1rem 1rem;align-items:baseline}
.finding>summary::-webkit-details-marker{display:none}
.finding>summary::before{content:"";position:absolute;left:1.05rem;top:.95rem;border:solid var(--soft);border-width:0 1.5px 1.5px 0;width:6px;height:6px;transform:rotate(-45deg)}
.finding[open]>summary::before{transform:rotate(45deg)}
.finding>summary:hover{background:var(--page)}
.finding>summary:focus-visible,.pile>summary:focus-visible{outline-offset:-3px}
.name,.said{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden}
.finding[open] .name,.finding[open] .said{display:block}
.where{color:var(--soft);font-size:.8125rem;white-space:nowrap}
.body{padding:.1rem 1rem 1.1rem 2rem}
.grid{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.15rem 1rem;font-size:.875rem}.grid dt{color:var(--soft)}.grid dd{margin:0}
.body h4:first-child{margin-top:.4rem}
table{border-collapse:collapse;width:100%;font-size:.875rem}
caption{text-align:left;color:var(--soft);font-size:.8125rem;padding-bottom:.35rem}
th,td{overflow-wrap:break-word;text-align:left;vertical-align:top;padding:.35rem .75rem .35rem 0;border-top:1px solid var(--line)}
thead th{border-top:0;white-space:nowrap;font-size:.75rem;color:var(--soft);font-weight:600}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums}
.scroll{overflow-x:auto}
.evidence caption{font-size:.75rem;font-weight:600;padding-top:1rem}.body .evidence{width:auto}.evidence td:first-child{white-space:nowrap;color:var(--soft)}
pre{background:var(--code);border:1px solid var(--line);border-radius:6px;padding:.6rem .75rem;overflow-x:auto;white-space:pre-wrap;position:relative}
.copy{float:right;min-height:1.6rem;padding:.1rem .5rem;font:500 .75rem system-ui,sans-serif;margin:0 0 .25rem .5rem}.copy::before{content:attr(data-label)}#findings{scroll-margin:0}
pre.diff{padding:.4rem 0}.diff ins,.diff del{display:block;text-decoration:none;padding:0 .75rem}
.diff ins{background:var(--add);color:var(--addink)}.diff del{background:var(--remove);color:var(--removeink)}
.pile>summary{cursor:pointer;padding:.6rem 0}.pile>summary h2{display:inline;margin:0}
.pile{margin-top:1.25rem;border-top:1px solid var(--line)}
.empty{padding:2rem 0;color:var(--soft)}
footer{margin:2.5rem 0;color:var(--soft);font-size:.8125rem;border-top:1px solid var(--line);padding-top:1rem}
@media (max-width:46rem){.finding>summary{grid-template-columns:minmax(0,1fr) auto}.said{grid-column:1/-1;order:3}.filters{position:static}
.filters label{flex:1 1 calc(50% - .5rem)}.filters label.text{flex-basis:100%}.filters select{width:100%;max-width:none}.filters output{margin-left:0;flex-basis:100%}
.tiles{grid-template-columns:repeat(3,1fr)}.tiles b{display:block}.panel.scroll td{min-width:5rem}.tiles a,.tiles span.tile{padding:.5rem .6rem;font-size:.8125rem}.mark{min-width:0}.check h3{flex-basis:100%}
.evidence thead{display:none}.evidence tr,.evidence td{display:block;border:0;padding:0}.evidence tr{border-top:1px solid var(--line);padding:.3rem 0}
.grid{grid-template-columns:minmax(0,1fr)}.grid dd{margin-bottom:.35rem}.where{white-space:normal;text-align:right}.body{padding-left:1rem}}
@media print{html{font-size:72%}body{background:#fff}.filters,button{display:none!important}.check{break-inside:avoid-page}.wrap{max-width:none}.name,.said{display:block}pre{white-space:pre-wrap}}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
`
