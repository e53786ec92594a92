/** The script of the HTML report: filters, theme and copying. Everything is readable without it. */
export const SCRIPT = `
'use strict';
const root = document.documentElement;
const store = {
  get: () => { try { return localStorage.getItem('bedrockctl-theme') } catch { return null } },
  set: (value) => { try { localStorage.setItem('bedrockctl-theme', value) } catch {} },
};
const saved = store.get();
if (saved === 'light' || saved === 'dark') root.dataset.theme = saved;
const theme = document.getElementById('theme');
const isDark = () => root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
const nameTheme = () => { theme.textContent = isDark() ? 'Light theme' : 'Dark theme' };
theme.hidden = false;
nameTheme();
theme.addEventListener('click', () => {
  root.dataset.theme = isDark() ? 'light' : 'dark';
  store.set(root.dataset.theme);
  nameTheme();
});

const bar = document.getElementById('filters');
const form = bar.querySelector('form');
const findings = [...document.querySelectorAll('.finding')].map((element) => ({element, text: undefined}));
const checks = [...document.querySelectorAll('.check')].map((element) => ({element, own: [...element.querySelectorAll('.finding')]}));
const groups = [...document.querySelectorAll('.verdict')].map((element) => ({element, own: [...element.querySelectorAll('.check')]}));
const piles = [...document.querySelectorAll('.verdict .pile')];
const output = bar.querySelector('output');
const empty = document.getElementById('empty');
bar.hidden = false;

const textOf = (finding) => finding.text ??= (finding.element.closest('.check').querySelector('h3').textContent + ' ' + finding.element.textContent + ' ' + finding.element.id).toLowerCase();
function apply() {
  const wanted = Object.fromEntries(new FormData(form));
  const words = wanted.text.toLowerCase().split(/\\s+/).filter(Boolean);
  const keys = ['severity', 'verdict', 'family', 'region'].filter((key) => wanted[key] !== '');
  let shown = 0;
  for (const finding of findings) {
    const fits = keys.every((key) => finding.element.dataset[key] === wanted[key]) && (words.length === 0 || words.every((word) => textOf(finding).includes(word)));
    finding.element.hidden = !fits;
    if (fits) shown += 1;
  }
  for (const {element, own} of checks) element.hidden = own.every((one) => one.hidden);
  for (const {element, own} of groups) element.hidden = own.every((one) => one.hidden);
  const filtered = keys.length > 0 || words.length > 0;
  for (const pile of piles) pile.open = filtered;
  output.textContent = filtered ? shown + ' of ' + findings.length + ' findings' : findings.length + ' findings';
  empty.hidden = shown > 0 || findings.length === 0;
}
function narrow() {
  apply();
  const list = document.getElementById('findings');
  if (list.getBoundingClientRect().top < 0) list.scrollIntoView({behavior: 'instant'});
}
let waiting;
form.addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(narrow, 80) });
form.addEventListener('submit', (event) => { event.preventDefault(); narrow() });
form.addEventListener('reset', () => setTimeout(narrow));
apply();
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
  event.preventDefault();
  form.elements.text.focus();
});
document.getElementById('unfold').addEventListener('click', (event) => {
  const open = event.target.getAttribute('aria-pressed') !== 'true';
  for (const {element} of findings) if (!element.hidden) element.open = open;
  event.target.setAttribute('aria-pressed', String(open));
});
addEventListener('beforeprint', () => {
  for (const {element} of findings) if (/FAIL|UNKNOWN/.test(element.dataset.verdict)) element.open = true;
});
const openTarget = () => {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  if (target.matches('.finding')) target.open = true;
  const pile = target.matches('.verdict') ? target.querySelector('.pile') : target.closest('.pile');
  if (pile) pile.open = true;
};
addEventListener('hashchange', openTarget);
openTarget();
if (navigator.clipboard) {
  for (const block of document.querySelectorAll('pre[data-copy]')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    const label = (text) => { button.dataset.label = text; button.setAttribute('aria-label', text) };
    label('Copy');
    const text = block.textContent;
    button.addEventListener('click', async () => {
      try { await navigator.clipboard.writeText(text); label('Copied') } catch { label('Not copied') }
      setTimeout(() => label('Copy'), 2000);
    });
    block.prepend(button);
  }
}
`
