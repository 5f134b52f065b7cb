import type { ContainerFixture } from './container-fixture.ts'
import { cohereChat, cohereGenerate } from './containers/cohere.ts'
import { lmiChat } from './containers/lmi-chat.ts'
import { lmiAsync, lmiOutputs, lmiRolling, lmiRollingEvents } from './containers/lmi.ts'
import { ollama } from './containers/ollama.ts'
import { nimAndOthers, sglangChat, vllmCompletion } from './containers/openai.ts'
import {
  ai21Jurassic,
  bedrockCompatible,
  huggingfaceToolkit,
  jumpstartLlama,
  jumpstartScript,
} from './containers/scripts.ts'
import { tgiChat, tgiChatOld } from './containers/tgi-chat.ts'
import { tgiGenerate, tgiOld } from './containers/tgi.ts'
import { tritonCumulative, tritonGenerate, tritonInfer } from './containers/triton.ts'
import { vllmChat } from './containers/vllm.ts'

/** Every container and wire format that is supported, with what it answers. */
export const containerFixtures: readonly ContainerFixture[] = [
  tgiGenerate,
  tgiOld,
  tgiChat,
  tgiChatOld,
  lmiRolling,
  lmiRollingEvents,
  lmiAsync,
  lmiChat,
  lmiOutputs,
  vllmChat,
  vllmCompletion,
  sglangChat,
  nimAndOthers,
  huggingfaceToolkit,
  jumpstartLlama,
  jumpstartScript,
  cohereChat,
  cohereGenerate,
  ai21Jurassic,
  tritonGenerate,
  tritonCumulative,
  tritonInfer,
  bedrockCompatible,
  ollama,
]
