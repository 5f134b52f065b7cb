/** What a canvas needs of the style sheet: a custom property alone is not a colour yet. */
export function resolveColours<Name extends string>(host: Element, names: readonly Name[]): Record<Name, string> {
  const probe = document.createElement('span')
  host.parentElement?.append(probe)
  const colours = names.map((name) => {
    probe.style.color = `var(--${name})`
    return [name, getComputedStyle(probe).color]
  })
  probe.remove()
  // One entry per name.
  return Object.fromEntries(colours) as Record<Name, string>
}

/** Red, green and blue of a resolved colour, 0 to 255. */
export function channelsOf(colour: string): readonly [number, number, number] {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number)
  return [red, green, blue]
}
