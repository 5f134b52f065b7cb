/** Has the browser save a text as a file. */
export function downloadText(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has taken hold of the data when the click returns, save for some that do so in the next task.
  setTimeout(() => URL.revokeObjectURL(url), 1000)
}
