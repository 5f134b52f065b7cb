import { access, constants, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileStore, type JobStore, s3Store, type ServiceOptions } from '@x/sagemaker-jobs'
import { UsageError } from '../../command-line.ts'

/** Where a job is kept, and whether it is there already. */
export interface JobPlace {
  readonly store: JobStore
  readonly isNew: boolean
}

/** Files of a job, as a command line names them. */
export interface JobFiles {
  /** File that is read. */
  readonly input: string
  readonly output: string
  readonly errors: string | undefined
  /** Folder or S3 URI of the state. */
  readonly job: string
}

/** What `fileStore` keeps in its folder. */
const storeFiles = ['job.json', 'requests.jsonl', 'results.jsonl', 'lock']

/** Names the files of a job. @throws UsageError */
export function jobFiles(
  input: string | undefined,
  values: {
    readonly output?: string | undefined
    readonly errors?: string | undefined
    readonly job?: string | undefined
  },
): JobFiles {
  if (input === undefined || input === '-')
    throw new UsageError(
      'A job needs a file that can be read again when it is resumed, not standard input. See --help.',
    )
  const { output, errors } = values
  if (output === undefined) throw new UsageError('Where to? Give -o FILE. See --help.')
  const job = values.job ?? `${output}.job`
  const paths = [input, output, errors].flatMap((path) => (path === undefined ? [] : [resolve(path)]))
  if (new Set(paths).size < paths.length)
    throw new UsageError(`${output}: what is read and what is written must be different files.`)
  return { input, output, errors, job }
}

/**
 * Finds the job of a command line, and makes sure that its results can be written and replace no other file.
 *
 * @throws {UsageError}
 */
export async function openPlace(files: JobFiles, s3: ServiceOptions, overwrite: boolean = false): Promise<JobPlace> {
  const { output, errors, job } = files
  for (const file of [output, errors]) if (file !== undefined) await checkFolder(file)
  const isInS3 = job.startsWith('s3://')
  const store = isInS3 ? s3Store(job, s3) : fileStore(job)
  let isNew = (await store.readDescription()) === undefined
  if (overwrite && !isNew) {
    if (isInS3)
      throw new UsageError(`There is a job in ${job}, and objects in S3 are not deleted: choose another --job.`)
    if (await store.isLocked()) throw new UsageError(`Another process works on the job in ${job}: end it first.`)
    for (const file of storeFiles) await rm(join(job, file), { force: true })
    isNew = true
  }
  if (isNew && !overwrite) for (const file of [output, errors]) if (file !== undefined) await checkAbsent(file, job)
  return { store, isNew }
}

async function checkFolder(file: string): Promise<void> {
  await access(dirname(file), constants.W_OK).catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError(`${file} cannot be written (${cause.code ?? cause.message}).`, { cause })
  })
}

async function checkAbsent(file: string, job: string): Promise<void> {
  const found = await stat(file).catch(() => undefined)
  if (found === undefined || !found.isFile() || found.size === 0) return
  throw new UsageError(`${file} exists, and ${job} has no job that wrote it: choose another file, or --overwrite it.`)
}
