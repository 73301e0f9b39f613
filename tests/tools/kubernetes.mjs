// Holds Kubernetes objects against the API's published schema: node kubernetes.mjs FILE. A field that the API does not know, or one that is
// missing or of a wrong kind, is said with its place; silence is consent.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';

const require = createRequire(import.meta.url);
const here = dirname(fileURLToPath(import.meta.url));
const objects = parseAllDocuments(readFileSync(process.argv[2], 'utf8')).map(d => d.toJS());
const complaints = [];

// Values, patterns and numbers by the JSON schemas.
for (const o of objects) {
  try {
    const kinds = await import(`kubernetes-models/${o.apiVersion}`);
    new kinds[o.kind](o).validate();
  } catch (refused) {
    complaints.push(`${o.kind} ${o.metadata.name}: ${refused.message}`);
  }
}

// Unknown fields, which the schemas let pass and a server refuses, by the types.
const folder = mkdtempSync(join(here, 'node_modules', '.kubernetes-'));
try {
  const lines = objects.map((o, i) =>
    `import type { I${o.kind} as K${i} } from 'kubernetes-models/${o.apiVersion}';\n` +
    `export const ${o.kind}_${i}: K${i} = ${JSON.stringify(o, null, 1)};`);
  writeFileSync(join(folder, 'objects.ts'), lines.join('\n'));
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({
    compilerOptions: { noEmit: true, strict: true, skipLibCheck: true, types: [], target: 'es2022', module: 'esnext', moduleResolution: 'bundler' },
  }));
  const tsc = spawnSync(process.execPath, [require.resolve('typescript/bin/tsc'), '--project', folder], { encoding: 'utf8' });
  if (tsc.status !== 0) complaints.push(tsc.stdout + tsc.stderr);
} finally {
  rmSync(folder, { recursive: true });
}

console.log(complaints.join('\n'));
process.exitCode = complaints.length ? 1 : 0;
