import {sanitise} from '../core/text.js'

const ENTITIES: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;'}

/** Text from outside as text of HTML, inside elements and quoted attributes alike. */
export function escapeHtml(text: string): string {
  return sanitise(text).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)
}

/** A name from outside: its direction does not spill over into what stands beside it. */
export function isolated(text: string): string {
  return `<bdi>${escapeHtml(text)}</bdi>`
}

/** A link to the web; anything but http and https stays text. */
export function linkHtml(title: string, url: string): string {
  if (!/^https?:\/\//i.test(url)) return escapeHtml(title)
  return `<a href="${escapeHtml(url)}" rel="noreferrer">${escapeHtml(title)}</a>`
}
