import type { OneMember } from './one-member.ts'

/**
 * A union of the Bedrock API as it is passed in: an object with exactly one of the given members, or with one that
 * these types do not know, such as a member that a newer version of the SDK has added.
 *
 * An unknown member is refused by name, never ignored.
 *
 * @public
 */
export type InputUnion<Members extends object> = OneMember<Members> | UnknownMember<Members>

/**
 * A union member that these types do not know: none of the known ones is set.
 *
 * @public
 */
export type UnknownMember<Members extends object> = { readonly [Name in keyof Members]?: never } & {
  /** The SDK's own form of a member it does not know: its name and its value. */
  readonly $unknown?: readonly [string, unknown] | undefined
}
