// node check-entry.cjs <specifier>: prints the names that both `import()` and `require()` give, and fails where they differ.
async function main(specifier) {
  const required = require(specifier)
  const imported = await import(specifier)
  for (const name of Object.keys(imported)) {
    if (imported[name] !== required[name]) throw new Error(`${name} differs between import and require`)
  }
  console.log(Object.keys(imported).sort().join())
}

void main(process.argv[2])
