/**
 * A union of objects that each have exactly one of the given members, as all unions of the Bedrock API are.
 *
 * The other members, and those named by `Absent`, can be read and are `undefined`: `block.text` needs no test with `in` first.
 *
 * @public
 */
export type OneMember<Members extends object, Absent extends PropertyKey = never> = {
  [Name in keyof Members]: { readonly [Own in Name]: Members[Own] } & {
    readonly [Other in Exclude<keyof Members | Absent, Name>]?: never
  }
}[keyof Members]
