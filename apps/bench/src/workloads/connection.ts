/** What every client is given, apart from the address. */
export const connection = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
}

/** A request for a text, of 1 KB. */
export const requestBody = JSON.stringify({ inputs: 'x'.repeat(1000), parameters: { max_new_tokens: 64 } })
