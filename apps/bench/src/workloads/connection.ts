/** What every client is given, apart from the address. */
export const connection = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
}

/** Of 1 KB. */
export const prompt: string = 'x'.repeat(1000)

/** The prompt as a request to TGI. */
export const requestBody: string = JSON.stringify({ inputs: prompt, parameters: { max_new_tokens: 64 } })
