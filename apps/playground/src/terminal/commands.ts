import {
  batchOptions,
  chatOptions,
  checkOptions,
  completeOptions,
  doctorOptions,
  embedOptions,
  pageOptions,
  scrubOptions,
} from './options/command-options.ts'
import type { OptionTable } from './options/option-table.ts'
import type { ExitCode } from './exit-codes.ts'
import type { TerminalContext } from './terminal-context.ts'

type Run = (args: readonly string[], context: TerminalContext) => Promise<ExitCode>

/** A command, as far as it is known before it runs. */
export interface Command {
  /** What follows its name. */
  readonly usage: string
  readonly summary: string
  /** What is more to be said, in lines. */
  readonly details: readonly string[]
  readonly options: OptionTable
  readonly examples: readonly string[]
  /** Loads what it runs with: much, and not needed for help. */
  readonly load: () => Promise<Run>
}

/** The commands by name. */
export const commands: Readonly<Record<string, Command>> = {
  page: {
    usage: '',
    summary: 'serve the page: chat, embeddings, the wire, faults, the calls of your program; the default',
    details: [
      'Serves the page on 127.0.0.1 until Ctrl-C, with demo models beside it. Credentials are found by the AWS SDK in this process; the',
      'page never sees them.',
    ],
    options: pageOptions,
    examples: [
      'npx @x/playground --open',
      'npx @x/playground --endpoint my-llama --region us-east-1',
      'npx @x/playground --captures ./captures',
    ],
    load: async () => (await import('./page/run-page.ts')).runPage,
  },
  chat: {
    usage: '[MESSAGE | -]',
    summary: 'talk to a model; without a message, in a conversation',
    details: [
      'In a conversation Ctrl-C stops the answer, and a second one ends the program. A line that ends with \\ goes on in',
      'the next one. /retry, /model NAME, /clear, /system TEXT, /save FILE, /help and /exit are commands.',
    ],
    options: chatOptions,
    examples: [
      'npx @x/playground chat --local',
      'npx @x/playground chat --endpoint my-llama --region us-east-1 --system "You are brief."',
      'git diff | npx @x/playground chat --endpoint my-llama --system "Write a commit message for this." -',
    ],
    load: async () => (await import('./chat/run-chat.ts')).runChat,
  },
  complete: {
    usage: '[PROMPT | -]',
    summary: 'continue a prompt, or what is piped in',
    details: [],
    options: completeOptions,
    examples: [
      'npx @x/playground complete --local --seed 7 "A storm announces itself"',
      'npx @x/playground complete --endpoint my-llama --json - < prompt.txt | jq -rj .text',
    ],
    load: async () => (await import('./complete/run-complete.ts')).runComplete,
  },
  embed: {
    usage: '[FILE | -] [-o FILE]',
    summary: 'turn texts into vectors, row by row',
    details: [
      'Rows are JSON lines: a text, or an object with "text" and perhaps "id". Those of a .txt file are texts. Every row becomes',
      '{ "index", "id"?, "embedding" }, in the same order. With -o, a run that was stopped in any way goes on where it was when the',
      'same command is given again. A row without a text, or one that the model refuses, is written to the file of --errors as it',
      'was, with the reason; any other error ends the run.',
      '',
      'With --engine async, requests wait in the queue of an endpoint for asynchronous inference. With --engine transform, a batch',
      'transform job of SageMaker works on them, without an endpoint. Files are then written at the end, and the folder of --job says how',
      'far the job is. Ctrl-C stops it, also at AWS; the same command goes on.',
    ],
    options: embedOptions,
    examples: [
      'npx @x/playground embed corpus.jsonl -o vectors.jsonl --endpoint my-bge --concurrency 8 --batch-size 32',
      'npx @x/playground embed corpus.jsonl -o vectors.jsonl --engine async --endpoint my-bge-async --s3-input s3://bucket/in/',
      'npx @x/playground embed corpus.jsonl -o vectors.jsonl --engine transform --sagemaker-model my-bge --instance-type ml.g5.xlarge \\\n      --s3-input s3://bucket/in/ --s3-output s3://bucket/out/',
      'cut -f2 table.tsv | npx @x/playground embed - --format text --local > vectors.jsonl',
    ],
    load: async () => (await import('./embed/run-embed.ts')).runEmbed,
  },
  batch: {
    usage: 'FILE -o FILE',
    summary: 'run an OpenAI batch file: requests in, results out, whatever format the container has',
    details: [
      'Every line of the file is a request of the OpenAI Batch API: { "custom_id", "method": "POST", "url", "body" }, with the url',
      '/v1/chat/completions, /v1/completions or /v1/embeddings. Results are lines of the same API, in the order of the requests, and are',
      'written at the end. A request that fails is a line, too (exit code 3); what concerns every request ends the run. Until then, the',
      'folder of --job holds all results: after Ctrl-C, or if the process was killed, the same command goes on where it was. Once all is',
      'done, it can be deleted.',
    ],
    options: batchOptions,
    examples: [
      'npx @x/playground batch requests.jsonl -o results.jsonl --local',
      'npx @x/playground batch requests.jsonl -o results.jsonl --endpoint my-llama --concurrency 16',
      'npx @x/playground batch requests.jsonl -o results.jsonl --engine async --endpoint my-llama-async --s3-input s3://bucket/in/',
    ],
    load: async () => (await import('./batch/run-batch.ts')).runBatch,
  },
  doctor: {
    usage: '',
    summary: 'find out what runs in an endpoint and how to call it; without --endpoint, list them',
    details: [
      "Reads SageMaker's control plane, as far as that is allowed, then makes one call of at most four tokens. Prints a command line",
      'and TypeScript to copy. Exit code 0 means that the format is known.',
    ],
    options: doctorOptions,
    examples: [
      'npx @x/playground doctor --region us-east-1',
      'npx @x/playground doctor --endpoint my-llama',
      'npx @x/playground doctor --local --endpoint demo-embed --json',
    ],
    load: async () => (await import('./doctor/run-doctor.ts')).runDoctor,
  },
  check: {
    usage: '--url URL',
    summary: 'check a container before it is deployed, or an endpoint',
    details: [
      'With --url, calls a container as SageMaker does: GET /ping and POST /invocations. Checks its format, whole and streamed answers, where',
      'streams are cut, token counts, stop strings, tools, JSON, errors, large bodies and two requests at a time; prints the content handler',
      'and a program. Makes about 25 short calls. Exit code 0 means that no check failed, 1 that one did; with --strict a warning fails, too.',
      'With --endpoint, checks InvokeEndpoint and InvokeEndpointWithResponseStream.',
    ],
    options: checkOptions,
    examples: [
      'npx @x/playground check --url http://localhost:8080',
      'npx @x/playground check --url http://localhost:8080 --wait 300 --strict --json > report.json',
      'npx @x/playground check --endpoint my-llama --region us-east-1',
    ],
    load: async () => (await import('./check/run-check.ts')).runCheck,
  },
  scrub: {
    usage: '[CAPTURE | -] [-o FILE]',
    summary: 'replace all text in a capture, so that it can be shared',
    details: [
      'Replaces prompts, answers, names and ids. Keeps the bytes of every part, the width of every character, the structure of JSON, times,',
      'statuses and codes: what failed fails again when the scrubbed capture is replayed.',
    ],
    options: scrubOptions,
    examples: ['npx @x/playground scrub capture.jsonl -o scrubbed.jsonl'],
    load: async () => (await import('./scrub/run-scrub.ts')).runScrub,
  },
}
