// Runs the script of an entry's page in Node.js with as much of a page as it uses, and prints what it says.
// node entry-check-in-node.mjs SCRIPT SITE INDEX KEY ENTRY-FILE [without-ed25519]
import { readFileSync } from 'node:fs';

const [script, site, index, key, entry, flag] = process.argv.slice(2);

class Place {
  constructor() {
    this.dataset = { index, key };
    this.parts = [];
    this.own = '';
  }
  set textContent(text) { this.own = text; }
  get textContent() { return this.own + this.parts.map(part => typeof part === 'string' ? part : part.textContent).join(''); }
  append(...parts) { this.parts.push(...parts); }
  replaceChildren(...parts) { this.parts = parts; }
}

const places = { 'entry-check': new Place(), 'entry-bytes': { textContent: readFileSync(entry, 'utf8') } };
globalThis.document = { getElementById: id => places[id], createElement: () => new Place() };
const { fetch: reallyFetch } = globalThis;
globalThis.fetch = (address, options) => reallyFetch(site + address, options);
if (flag === 'without-ed25519') {
  crypto.subtle.importKey = () => Promise.reject(new DOMException('Unrecognized name.', 'NotSupportedError'));
}
await import(`data:text/javascript,${encodeURIComponent(readFileSync(script, 'utf8'))}`);
console.log(places['entry-check'].textContent);
