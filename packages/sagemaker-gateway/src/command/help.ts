export const help = `Usage: npx @x/sagemaker-gateway [options]

An OpenAI-compatible server in front of SageMaker endpoints.

Options:
  --model <name>[=<endpoint>][:<kind>[:<handler>]]
                                A model; may be repeated. Kinds: language (default), embedding, rerank. The handler is the container's
                                format, such as tgi, lmi, cohere or tei; it is found out where it is left out
  --discover <pattern>          Offer endpoints whose names match, such as "team-a-*", with their inference components, or components
                                as "<endpoint>/<component>"; may be repeated. Looks again every five minutes. Needs the
                                packages @x/sagemaker-discovery and @aws-sdk/client-sagemaker
  --config <file>               Everything from a JSON file, which SIGHUP reads again; options given here win
  --port <number>               Default 8000; 0 takes a free one
  --host <address>              Default 127.0.0.1, which only this machine can reach. Another one needs keys, or --insecure
  --allow-host <name>           Another name of this machine that Host headers may contain; may be repeated
  --insecure                    Let other machines call without a key
  --cors-origin <origin>        Pages of this origin may call from a browser; may be repeated
  --region <name>               Region of the endpoints. Default: as for every AWS tool
  --endpoint <url>              URL of the service, such as that of a local runtime
  --log <text, json or none>    A line for each request, without contents. Default: text
  --help, --version

Environment:
  SAGEMAKER_GATEWAY_API_KEYS    Keys of clients, separated by commas; with a name each as <name>:<key>

Examples:
  npx @x/sagemaker-gateway --model my-llama --model embed=my-bge:embedding
  npx @x/sagemaker-gateway --model llama=my-llama:language:tgi --region us-east-1 --port 9000
  SAGEMAKER_GATEWAY_API_KEYS=alice:$KEY npx @x/sagemaker-gateway --host 0.0.0.0 --config gateway.json

Then, in another terminal:
  curl http://127.0.0.1:8000/v1/chat/completions -H 'content-type: application/json' \\
    -d '{"model":"my-llama","messages":[{"role":"user","content":"Hello"}]}'
`
