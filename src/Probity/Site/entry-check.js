// Verifies in the reader's own browser that the entry on this page stands under the signed checkpoint: fetches the raw entry and its proof, hashes with
// WebCrypto (RFC 6962, section 2.1), and checks the Ed25519 signature where the browser can, saying so where it cannot. The page says the same without it.

const place = document.getElementById('entry-check');
const index = Number(place.dataset.index);

function say(verdict, lines) {
  const title = document.createElement('p');
  const strong = document.createElement('strong');
  strong.textContent = verdict;
  title.append('In your browser: ', strong, '.');
  const list = document.createElement('ul');
  for (const line of lines) {
    const item = document.createElement('li');
    item.textContent = line;
    list.append(item);
  }
  place.replaceChildren(title, list);
  place.hidden = false;
}

// what was sent contradicts what was signed; any other error means that nothing could be compared
class Contradiction extends Error {}
class Unchecked extends Error {}

const bytesOf = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));
const hex = bytes => Array.from(bytes, b => b.toString(16).padStart(2, '0')).join('');
const same = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);
const join = (...parts) => new Uint8Array(parts.flatMap(part => [...part]));
const sha256 = async bytes => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));

async function fetched(address) {
  const answer = await fetch(address, { cache: 'no-cache' });
  if (!answer.ok) {
    throw new Unchecked(`${address} answered ${answer.status}, so that nothing was compared: load the page again later.`);
  }
  return new Uint8Array(await answer.arrayBuffer());
}

function readProof(text) {
  const end = text.indexOf('\n\n');
  const [header, ...lines] = text.slice(0, end).split('\n');
  if (end < 0 || header !== 'c2sp.org/tlog-proof@v1' || lines[0] !== `index ${index}`) {
    throw new Unchecked('What was sent as the proof is no proof of this entry.');
  }
  const note = text.slice(end + 2);
  const split = note.lastIndexOf('\n\n');
  const [origin, digits, root] = note.split('\n');
  const size = Number(digits);
  if (split < 0 || !Number.isSafeInteger(size) || String(size) !== digits || size <= index) {
    throw new Unchecked('What was sent as the proof holds no checkpoint that covers this entry.');
  }
  return {
    path: lines.slice(1).map(bytesOf), signed: note.slice(0, split + 1), signatures: note.slice(split + 2).split('\n'),
    origin, size, root: bytesOf(root),
  };
}

// tile/entries/x001/234 after C2SP tlog-tiles: groups of three digits, all but the last behind an x
function bundleAddress(bundle, width) {
  const groups = [String(bundle % 1000).padStart(3, '0')];
  for (let rest = Math.floor(bundle / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    groups.unshift('x' + String(rest % 1000).padStart(3, '0'));
  }
  return `/tile/entries/${groups.join('/')}${width < 256 ? `.p/${width}` : ''}`;
}

function entryOf(bundle, wanted) {
  for (let at = 0, entry = 0; at + 2 <= bundle.length; entry++) {
    const length = bundle[at] * 256 + bundle[at + 1];
    if (entry === wanted && at + 2 + length <= bundle.length) {
      return bundle.slice(at + 2, at + 2 + length);
    }
    at += 2 + length;
  }
  throw new Contradiction('the bundle of entries does not hold this entry');
}

// RFC 9162, section 2.1.3.2
async function rootOf(leaf, size, path) {
  let [node, last, hash] = [index, size - 1, leaf];
  for (const sibling of path) {
    if (last === 0) {
      throw new Contradiction('the proof is too long');
    }
    if (node % 2 === 1 || node === last) {
      hash = await sha256(join([1], sibling, hash));
      while (node % 2 === 0 && node !== 0) {
        [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
      }
    } else {
      hash = await sha256(join([1], hash, sibling));
    }
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  if (last !== 0) {
    throw new Contradiction('the proof is too short');
  }
  return hash;
}

async function signatureLine(proof) {
  const [name, id, key] = [place.dataset.key.split('+')[0], place.dataset.key.split('+')[1], bytesOf(place.dataset.key.split('+').slice(2).join('+'))];
  const line = proof.signatures.find(one => one.startsWith(`\u2014 ${name} `) && hex(bytesOf(one.split(' ')[2]).slice(0, 4)) === id);
  if (proof.origin !== name || !line) {
    throw new Contradiction(`the checkpoint is not signed by ${place.dataset.key}`);
  }
  let imported;
  try {
    imported = await crypto.subtle.importKey('raw', key.slice(1), { name: 'Ed25519' }, false, ['verify']);
  } catch {
    return null;
  }
  if (!await crypto.subtle.verify({ name: 'Ed25519' }, imported, bytesOf(line.split(' ')[2]).slice(4), new TextEncoder().encode(proof.signed))) {
    throw new Contradiction(`the signature of the checkpoint is not by ${place.dataset.key}`);
  }
  return `The checkpoint of ${proof.size} entries is signed by the key ${place.dataset.key}.`;
}

async function check() {
  const proof = readProof(new TextDecoder().decode(await fetched(`/ledger/${index}.tlog-proof`)));
  const bundle = Math.floor(index / 256);
  const entry = entryOf(await fetched(bundleAddress(bundle, Math.min(256, proof.size - bundle * 256))), index % 256);
  if (new TextDecoder().decode(entry) !== document.getElementById('entry-bytes').textContent) {
    throw new Contradiction('the raw entry is not what this page shows');
  }
  const root = await rootOf(await sha256(join([0], entry)), proof.size, proof.path);
  if (!same(root, proof.root)) {
    throw new Contradiction(`entry and proof lead to the root ${hex(root)}; signed is ${hex(proof.root)}`);
  }
  const signature = await signatureLine(proof);
  say(signature ? 'it holds' : 'the entry fits the checkpoint, but who signed the checkpoint was not checked', [
    `The raw entry is what this page shows. Its hash and the ${proof.path.length} hashes of the proof lead to the root ${hex(root)} of the checkpoint.`,
    signature ?? `This browser cannot verify Ed25519 signatures, so that anybody could have written this checkpoint of ${proof.size} entries. probity-verify checks the signature.`,
    'The same site sent the page, the proof and this check. To rely on nobody, take the key from elsewhere and use probity-verify.',
  ]);
}

if (!globalThis.crypto?.subtle) {
  say('it could not be checked', ['The browser offers WebCrypto on https addresses only.']);
} else {
  try {
    await check();
  } catch (trouble) {
    say(trouble instanceof Contradiction ? 'IT DOES NOT HOLD' : 'it could not be checked', [trouble.message]);
  }
}
