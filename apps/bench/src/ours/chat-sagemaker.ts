import { ChatSagemaker } from '@x/sagemaker-langchain'
import { sagemakerLLM } from './sagemaker-llm.ts'

/** The same model as a class of LangChain. */
export function chatSagemaker(url: string, endpointName: string): ChatSagemaker {
  return new ChatSagemaker({ llm: sagemakerLLM(url, endpointName) })
}
