import { expectTypeOf } from 'vitest'
import type { InvokeAsyncInput } from '../index.ts'

// Exactly one place for the input.
expectTypeOf<{ inputLocation: string; filename: string }>().toExtend<InvokeAsyncInput>()
expectTypeOf<{ body: string; requestTtlSeconds: number }>().toExtend<InvokeAsyncInput>()
expectTypeOf<{ body: Uint8Array; inputLocation: undefined }>().toExtend<InvokeAsyncInput>()
expectTypeOf<{ filename: string }>().not.toExtend<InvokeAsyncInput>()
expectTypeOf<{ inputLocation: string; body: string }>().not.toExtend<InvokeAsyncInput>()
