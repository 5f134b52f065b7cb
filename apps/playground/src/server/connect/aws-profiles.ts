import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { AwsProfile } from '../../protocol/connect.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The profiles in the files of the AWS CLI: their names and Regions, and nothing else of what is in there. */
export async function awsProfiles(environment: Environment = process.env): Promise<readonly AwsProfile[]> {
  const { AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE } = environment
  const folder = join(environment['HOME'] ?? homedir(), '.aws')
  const [config, credentials] = await Promise.all([
    readText(AWS_CONFIG_FILE ?? join(folder, 'config')),
    readText(AWS_SHARED_CREDENTIALS_FILE ?? join(folder, 'credentials')),
  ])
  const profiles = new Map<string, AwsProfile>()
  for (const profile of [
    ...profilesOf(credentials, /^\[\s*(\S+?)\s*\]/),
    ...profilesOf(config, /^\[\s*(?:profile\s+)?(\S+?)\s*\]/),
  ])
    profiles.set(profile.name, { ...profiles.get(profile.name), ...profile })
  return [...profiles.values()].toSorted((a, b) => a.name.localeCompare(b.name))
}

function* profilesOf(text: string, heading: RegExp): Generator<AwsProfile> {
  let name: string | undefined
  let region: string | undefined
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('[')) {
      if (name !== undefined) yield { name, ...(region !== undefined && { region }) }
      // Sections such as [sso-session work] have two words, and are no profile.
      name = heading.exec(line)?.[1]
      region = undefined
    }
    region ??= /^region\s*=\s*(\S+)/.exec(line)?.[1]
  }
  if (name !== undefined) yield { name, ...(region !== undefined && { region }) }
}

const readText = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '')
