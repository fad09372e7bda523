// Verifies a checkpoint and an entry's inclusion with @sigstore/verify, a code base that has nothing to do with this one.
//
//   node verify.js PROOF ENTRY VKEY [CHECKPOINT]
//
// PROOF is a .tlog-proof file, ENTRY the entry's bytes, CHECKPOINT a checkpoint kept from elsewhere that is to stand in the place of the
// proof's own. It sees one entry and one checkpoint: other entries, tiles and earlier checkpoints it does not see.
'use strict';
const { createPublicKey } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { verifyCheckpoint } = require('./node_modules/@sigstore/verify/dist/tlog/checkpoint.js');
const { verifyMerkleInclusion } = require('./node_modules/@sigstore/verify/dist/tlog/merkle.js');

const [proofFile, entryFile, vkey, checkpointFile] = process.argv.slice(2);
const [name, keyId, blob] = vkey.split(/\+(.*?)\+(.*)/s);
const key = Buffer.from(blob, 'base64').subarray(1);
const text = readFileSync(proofFile, 'utf8');
const blank = text.indexOf('\n\n');
const [header, index, ...hashes] = text.slice(0, blank).split('\n');
if (header !== 'c2sp.org/tlog-proof@v1' || !index.startsWith('index ')) throw new Error('this is no tlog-proof');

const entry = {
  canonicalizedBody: readFileSync(entryFile),
  inclusionProof: {
    checkpoint: { envelope: checkpointFile ? readFileSync(checkpointFile, 'utf8') : text.slice(blank + 2) },
    logIndex: index.slice('index '.length),
    hashes: hashes.map((hash) => Buffer.from(hash, 'base64')),
  },
};
const log = {
  logID: Buffer.from(keyId, 'hex'),
  baseURL: `https://${name}`,
  publicKey: createPublicKey({ key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key]), format: 'der', type: 'spki' }),
};
try {
  verifyMerkleInclusion(entry, verifyCheckpoint(entry, [log]));
  console.log('VERIFIED');
} catch (refusal) {
  console.log('REFUSED:', refusal.message);
  process.exitCode = 1;
}
