/** The style sheet of a page of charts. Every pair of text and background has a contrast of at least 4.5 to 1. */
export const PAGE_STYLE = `
:root{color-scheme:light;--page:#f5f6f8;--card:#fff;--ink:#1a1f27;--soft:#525c6a;--line:#dbdfe6;--simulated:#fff3cf;--simulatedink:#5c4300}
@media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;--page:#11141a;--card:#191d25;--ink:#e6e9ee;--soft:#a3adbb;
--line:#2e3541;--simulated:#3a2f10;--simulatedink:#ffdf8a}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:.9375rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
h1,h2,p,ul,ol,figure,table{margin:0}
.contents{margin-top:1rem}.contents ul{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.25rem 1rem}
a{color:inherit;text-underline-offset:.2em}a:focus-visible{outline:3px solid var(--soft);outline-offset:2px}
section{scroll-margin-top:1rem}section>p{max-width:46rem;margin-top:.4rem}
dl{margin:0;padding:.9rem 1.1rem;display:grid;grid-template-columns:minmax(8rem,14rem) 1fr;gap:.35rem 1.25rem;font-size:.875rem}
dt{font-weight:600}dd{margin:0;min-width:0}
.simulated{background:var(--simulated);color:var(--simulatedink);padding:.6rem 0;font-weight:600}
.wrap{max-width:64rem;margin:0 auto;padding:0 1.25rem}
h1{font-size:1.5rem;line-height:1.2;letter-spacing:-.01em;padding-top:1.75rem}
h2{font-size:1.125rem;margin:2rem 0 .5rem}
.summary{margin-top:.75rem;max-width:46rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:8px;margin-top:1.25rem}
figure.card{padding:.25rem;break-inside:avoid}
.card .chart{display:block;width:100%;height:auto;max-width:60rem;margin:0 auto}
.small{display:none}
.scroll{overflow-x:auto;padding:.9rem 1.1rem}
.scroll:focus-visible{outline:3px solid var(--soft);outline-offset:2px}
table{border-collapse:collapse;width:100%;font-size:.875rem}
caption{text-align:left;font-weight:600;padding-bottom:.5rem}
th,td{text-align:left;vertical-align:top;padding:.35rem 1.25rem .35rem 0;border-top:1px solid var(--line);overflow-wrap:normal}
th:last-child,td:last-child{padding-right:0}
tbody th{font-weight:600}
thead th{border-top:0;font-size:.75rem;color:var(--soft);font-weight:600;white-space:nowrap}
.verdict{border-left:6px solid var(--soft);padding:.9rem 1.1rem}.verdict .word{font-size:1.125rem;font-weight:700}
.verdict ul{padding-left:1.1rem;margin-top:.4rem}.verdict li+li{margin-top:.3rem}.hint{color:var(--soft)}
.good{border-left-color:#1d7a44}.warn{border-left-color:#b07d00}.bad{border-left-color:#b3261e}
.n1 th[scope=row],.n2 td:nth-child(2){white-space:nowrap}
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.notes{padding-left:1.1rem;color:var(--soft);font-size:.875rem;max-width:46rem}.notes li+li{margin-top:.25rem}
footer{margin:2.5rem 0;color:var(--soft);font-size:.8125rem;border-top:1px solid var(--line);padding-top:1rem}
@media screen and (max-width:40rem){dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.6rem}.wrap{padding:0 .75rem}.large{display:none!important}.card .small{display:block}.scroll{padding:.75rem}}
@media print{.contents{display:none}html{font-size:80%}body,.card{background:#fff}.card{border-color:#999}.wrap{max-width:none;padding:0}.scroll{overflow:visible}tr{break-inside:avoid}}
`
