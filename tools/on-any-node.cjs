// `npm start` and `npm test` begin here, on the machine's own Node.js: in syntax that every Node.js since version 6 can parse.
'use strict'

const oldest = 18
const current = process.versions.node

if (Number(current.split('.')[0]) < oldest) {
  process.stderr.write('This workspace needs Node.js ' + oldest + ' or newer; this is Node.js ' + current + '.\n')
  process.exit(1)
}
import('./' + process.argv[2] + '.mjs').catch(function (error) {
  process.stderr.write(String(error.stack) + '\n')
  process.exitCode = 1
})
