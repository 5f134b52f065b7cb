import type { HostedEndpoint } from '../hosting/hosted-endpoint.ts'
import { toBytes } from '../answers/bytes.ts'
import type { AwsLocation } from '../answers/model-error.ts'
import type { HttpResponse } from '../answers/service-error.ts'

const style = `
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 3rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff; }
  pre { background: #f4f4f2; padding: 1rem; overflow-x: auto; border-radius: 6px; font-size: 14px; }
  h2 { margin-top: 2.5rem; } h2 code { font-size: 1.2rem; }
  @media (prefers-color-scheme: dark) { body { color: #eee; background: #161616; } pre { background: #242424; } a { color: #8ab4ff; } }`

/** The page at `/`: which endpoints there are and how to call them. */
export function statusPage(endpoints: readonly HostedEndpoint[], url: string, awsLocation: AwsLocation): HttpResponse {
  const content = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Local SageMaker Runtime</title><style>${style}</style></head>
<body>
<h1>Local SageMaker Runtime</h1>
<p>Point any AWS SDK at this address. Credentials may be anything, and the region is <code>${escapeHtml(awsLocation.region)}</code>.</p>
<pre>export AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME=${escapeHtml(url)} AWS_ENDPOINT_URL_SAGEMAKER=${escapeHtml(url)}
export AWS_REGION=${escapeHtml(awsLocation.region)} AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local</pre>
${endpoints.map((endpoint) => section(endpoint, url)).join('\n')}
</body>
</html>
`
  return { statusCode: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: toBytes(content) }
}

function section({ name, model, options }: HostedEndpoint, url: string): string {
  const path = `${url}/endpoints/${encodeURIComponent(name)}/invocations`
  const body = model.exampleBody ?? '{}'
  return `<h2><code>${escapeHtml(name)}</code></h2>
<p>${escapeHtml(model.description)}.${options.faults ? ` Faults: <code>${escapeHtml(JSON.stringify(options.faults))}</code>` : ''}</p>
<pre>curl ${escapeHtml(path)} -H 'content-type: application/json' -d '${escapeHtml(body.replaceAll("'", String.raw`'\''`))}'</pre>`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0) ?? 0};`)
}
