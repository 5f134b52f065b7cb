import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import type { MiddlewareHandler } from 'hono'

interface PageAsset {
  readonly body: Uint8Array<ArrayBuffer>
  readonly contentType: string
  readonly etag: string
}

/** The files of the built page by the path they are served at. */
export type PageAssets = ReadonlyMap<string, PageAsset>

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/**
 * Reads every file of the built page into memory. What is not in this list cannot be asked for, whatever a path looks like.
 *
 * @throws when the folder does not exist: the page has not been built.
 */
export async function loadPageAssets(folder: string): Promise<PageAssets> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && contentTypes[extname(entry.name)] !== undefined)
  const assets = await Promise.all(
    files.map(async (entry): Promise<[string, PageAsset]> => {
      const path = join(entry.parentPath, entry.name)
      const body = new Uint8Array(await readFile(path))
      const served = path.slice(folder.length).split(sep).join('/').replace(/^\/?/, '/')
      const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
      const contentType = contentTypes[extname(entry.name)] ?? 'application/octet-stream'
      return [served === '/index.html' ? '/' : served, { body, contentType, etag }]
    }),
  )
  return new Map(assets)
}

/** Serves the page; its files under `/assets/` carry a hash in their name and never change. */
export function servePage(assets: PageAssets): MiddlewareHandler {
  return async (context, next) => {
    const asset = assets.get(context.req.path)
    if (asset === undefined || (context.req.method !== 'GET' && context.req.method !== 'HEAD')) return next()
    context.header('etag', asset.etag)
    context.header(
      'cache-control',
      context.req.path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    )
    if (context.req.header('if-none-match') === asset.etag) return context.body(null, 304)
    return context.body(asset.body, 200, { 'content-type': asset.contentType })
  }
}
