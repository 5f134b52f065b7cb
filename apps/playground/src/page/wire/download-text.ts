/** Has the browser save a text as a file. */
export const downloadText = (name: string, text: string, type: string): void =>
  downloadBlob(name, new Blob([text], { type }))

/** Has the browser save data as a file. */
export function downloadBlob(name: string, data: Blob): void {
  const url = URL.createObjectURL(data)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has taken hold of the data when the click returns, save for some that do so in the next task.
  setTimeout(() => URL.revokeObjectURL(url), 1000)
}
