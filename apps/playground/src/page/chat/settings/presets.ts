import * as v from 'valibot'
import { settingsValuesSchema, type SettingsValues } from './settings-values.ts'

const maxPresets = 100

export const maxPresetName = 60

const presetSchema = v.object({
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(maxPresetName)),
  settings: settingsValuesSchema,
})

/** Settings under a name. */
export interface Preset {
  readonly name: string
  readonly settings: SettingsValues
}

/** Reads presets from what the browser has kept. What is damaged is left out. */
export function readPresets(json: string | null): readonly Preset[] {
  let value: unknown
  try {
    value = JSON.parse(json ?? '[]')
  } catch {
    return []
  }
  const entries: readonly unknown[] = Array.isArray(value) ? value : []
  const read = entries.flatMap((entry) => {
    const parsed = v.safeParse(presetSchema, entry)
    return parsed.success ? [parsed.output] : []
  })
  return read.reduce<readonly Preset[]>((presets, { name, settings }) => withPreset(presets, name, settings), [])
}

/** Adds a preset, sorted by name; one of the same name gives way. */
export function withPreset(presets: readonly Preset[], name: string, settings: SettingsValues): readonly Preset[] {
  return [...withoutPreset(presets, name.trim()), { name: name.trim(), settings }]
    .slice(-maxPresets)
    .toSorted((a, b) => a.name.localeCompare(b.name))
}

export const withoutPreset = (presets: readonly Preset[], name: string): readonly Preset[] =>
  presets.filter((preset) => preset.name !== name)
