import { existsSync } from 'node:fs'
import path from 'node:path'

/** The server of `@portkey-ai/gateway`, which is too large for every clone: `node tools/hosts/install.mjs portkey` installs it. */
export const portkeyFile: string = path.resolve(
  import.meta.dirname,
  '../../../../tools/hosts/portkey/node_modules/@portkey-ai/gateway/build/start-server.js',
)

/** Whether it is installed. */
export const hasPortkey: boolean = existsSync(portkeyFile)

/** What a request of it says in order to be sent to a server of OpenAI's protocol. */
export function portkeyHeaders(baseURL: string): Readonly<Record<string, string>> {
  return { 'x-portkey-provider': 'openai', 'x-portkey-custom-host': baseURL, authorization: 'Bearer none' }
}
