import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { PackedPackage } from './pack-packages.ts'

export interface LocalRegistry extends AsyncDisposable {
  readonly url: string
  /** Method and path of every request so far. */
  readonly requests: readonly string[]
}

/** The document from which npm learns what there is to install. */
function packument({ packedManifest, folderName, integrity }: PackedPackage, url: string): string {
  const { name, version } = packedManifest
  const dist = { tarball: `${url}/${name}/-/${folderName}-${version}.tgz`, integrity }
  const versions = { [version]: { ...packedManifest, dist } }
  return JSON.stringify({ name, 'dist-tags': { latest: version }, versions })
}

/**
 * Serves packed packages as the npm registry does, on loopback: `npm install @x/stream-core` can be tried before anything is
 * published. Any other package has to come from the registry that npm is set to.
 */
export async function startLocalRegistry(packages: readonly PackedPackage[]): Promise<LocalRegistry> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`)
    const [, name, tarballPath] = /^\/(@[^/]+\/[^/]+)(\/-\/.+)?$/.exec(decodeURIComponent(request.url ?? '')) ?? []
    const packed = packages.find(({ packedManifest }) => packedManifest.name === name)
    if (packed === undefined) response.writeHead(404).end()
    else if (tarballPath !== undefined) response.end(readFileSync(packed.tarball))
    else response.writeHead(200, { 'content-type': 'application/json' }).end(packument(packed, url))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    requests,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
