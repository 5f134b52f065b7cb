/** A part of a plot, as high as it says. */
export interface Panel {
  readonly height: number
  readonly elements: readonly string[]
}

export const plotWidth = 860

type Attributes = Readonly<Record<string, string | number>>

/** An element of SVG; numbers are cut to a tenth of a pixel. */
export function element(name: string, attributes: Attributes, content?: string): string {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${typeof value === 'number' ? Number(value.toFixed(1)) : escape(value)}"`,
  )
  const opened = `<${name}${written.join('')}`
  return content === undefined ? `${opened}/>` : `${opened}>${content}</${name}>`
}

export function label(text: string, attributes: Attributes): string {
  return element('text', attributes, escape(text))
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

// Read as an image, a plot does not see the page around it: it asks for the colour scheme itself.
const style = `
text { font: 13px system-ui, -apple-system, 'Segoe UI', sans-serif; fill: #1f2328 }
.title { font-weight: 600 }
.axis { fill: #59636e; font-size: 11px }
.ours { fill: #0969da; stroke: #0969da }
.peer { fill: #8c959f; stroke: #8c959f }
.floor { fill: #d8dee4; stroke: #d8dee4 }
.whisker { stroke: #1f2328 }
.grid { stroke: #d8dee4 }
@media (prefers-color-scheme: dark) {
  text { fill: #f0f6fc }
  .axis { fill: #9198a1 }
  .ours { fill: #4493f8; stroke: #4493f8 }
  .peer { fill: #768390; stroke: #768390 }
  .floor { fill: #3d444d; stroke: #3d444d }
  .whisker { stroke: #f0f6fc }
  .grid { stroke: #3d444d }
}`

const gap = 18

/** Panels below each other, as a file. */
export function svg(title: string, panels: readonly Panel[]): string {
  let top = gap
  const groups = panels.map(({ height, elements }) => {
    const group = element('g', { transform: `translate(0 ${top})` }, `\n${elements.join('\n')}\n`)
    top += height + gap
    return group
  })
  const frame = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${plotWidth} ${top}`,
    width: plotWidth,
    height: top,
    role: 'img',
  }
  const content = [element('title', {}, escape(title)), element('style', {}, `${style}\n`), ...groups].join('\n')
  return `${element('svg', frame, `\n${content}\n`)}\n`
}
