export const help = `Usage: npx @x/sagemaker-local [options]

A SageMaker Runtime on this machine, for any AWS SDK. Without options it serves two demo endpoints on port 8080.

Options:
  --endpoint <name>=<backend>   An endpoint; may be repeated. Backends:
                                  demo[:format]            a small language model; formats tgi, openai, lmi, lmi-async, huggingface,
                                                           jumpstart-llama2, jumpstart-text2text, cohere, ai21, triton, bedrock-compat
                                  demo-embedding[:format]  a small embedding model; formats tei, tei-sparse, openai, huggingface,
                                                           jumpstart, lmi, lmi-sparse, cohere, titan, jina, jina-colbert, kserve
                                  demo-rerank[:format]     a small reranker; formats tei, vllm, cohere, jina, huggingface, djl
                                  demo-classification[:format]
                                                           a small classifier; formats tei, vllm, huggingface, jumpstart
                                  http://.../v1            an OpenAI-compatible server (Ollama, llama.cpp, vLLM)
                                  http://...               a container, at its /invocations
                                  replay:<file>            the answer in a capture file, at its pace
  --faults <name>=<faults>      What goes wrong with an endpoint, e.g. ending:reset+afterParts:3; may be repeated
  --record <folder>             Write a capture file of every call, prompts and answers included
  --tokens-per-second <number>  Pace of the demo language models. Default: as fast as possible
  --config <file>               Everything from a JSON file; options given here win
  --port <number>               Default 8080; 0 takes a free one
  --host <address>              Default 127.0.0.1, which only this machine can reach
  --allow-host <name>           Another name of this machine that Host headers may contain; may be repeated
  --region <name>               Default us-east-1
  --require-signature <id>:<secret>
                                Refuse requests that are not signed with this access key
  --objects <memory or s3>      Where asynchronous calls read and write; s3 starts a real S3, SQS and SNS (needs the package fauxqs)
  --quiet                       Print no line per request
  --help, --version

Examples:
  npx @x/sagemaker-local
  npx @x/sagemaker-local --port 9000 --endpoint my-llama=demo:openai --endpoint my-bge=demo-embedding
  npx @x/sagemaker-local --endpoint slow=demo --tokens-per-second 15
  npx @x/sagemaker-local --endpoint flaky=demo --faults flaky=refusal:throttling+probability:0.3
  npx @x/sagemaker-local --endpoint cut=demo --faults cut=ending:truncated-frame+afterParts:5
  npx @x/sagemaker-local --endpoint my-llama=http://127.0.0.1:11434/v1 --record captures
  npx @x/sagemaker-local --endpoint again=replay:captures/my-llama-1.jsonl
  npx @x/sagemaker-local --config endpoints.json

Then, in another terminal:
  export AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME=http://127.0.0.1:8080 AWS_REGION=us-east-1
  export AWS_ENDPOINT_URL_SAGEMAKER=http://127.0.0.1:8080
  export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local
  aws sagemaker-runtime invoke-endpoint --endpoint-name demo-llm --content-type application/json \\
    --cli-binary-format raw-in-base64-out --body '{"inputs":"The capital of France is"}' /dev/stdout
  aws sagemaker list-endpoints
`
