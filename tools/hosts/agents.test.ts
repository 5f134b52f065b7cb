import { demoLanguageModel, startLocalRuntime } from '@x/sagemaker-local'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { runCommand } from '../packages/run-command.ts'

const folder = path.join(import.meta.dirname, 'agents')
const isInstalled = existsSync(path.join(folder, 'node_modules', '@mastra', 'core'))
if (!isInstalled) {
  console.warn('SKIPPED: what runs in Mastra and Strands only. Install them with: node tools/hosts/install.mjs')
}

test.skipIf(!isInstalled)(
  'agents of Mastra and Strands call their tool and answer, with the provider of the AI SDK',
  { timeout: 120_000 },
  async () => {
    await using runtime = await startLocalRuntime({
      endpoints: { 'my-model': demoLanguageModel({ format: 'openai' }) },
    })
    const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], MASTRA_TELEMETRY_DISABLED: '1' }
    const args = ['--conditions=@x/source', 'run-agents.mjs', runtime.url]
    const output = await runCommand(process.execPath, args, { cwd: folder, env })
    expect(output.trim().split('\n')).toEqual([
      expect.stringMatching(/^mastra v3 \w{2}/),
      expect.stringMatching(/^mastra v4 \w{2}/),
      expect.stringMatching(/^strands v3 \w{2}/),
    ])
    // Each asks, gets the call of its tool, and asks again with what the tool said.
    const said = runtime.requests.map(({ text }) => text.includes('"role":"tool"') && text.includes('sunny'))
    expect(said).toEqual([false, true, false, true, false, true])
  },
)
