// node count-files.mjs <specifier>: prints how many files an import loads.
import { registerHooks } from 'node:module'

let count = 0
registerHooks({
  load: (url, context, nextLoad) => {
    if (url.startsWith('file:')) count++
    return nextLoad(url, context)
  },
})
await import(process.argv[2])
console.log(count)
