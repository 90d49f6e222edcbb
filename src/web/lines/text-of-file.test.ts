import { expect, test } from 'vitest'
import { textOfFile } from './text-of-file.ts'

test.each([
  ['UTF-8', [0xe5, 0x8f, 0xb7, 0xe7, 0xa0, 0x81]],
  ['UTF-8 as Excel marks it', [0xef, 0xbb, 0xbf, 0xe5, 0x8f, 0xb7, 0xe7, 0xa0, 0x81]],
  ['GBK', [0xba, 0xc5, 0xc2, 0xeb]],
])('a file in %s is read', (_, bytes) => {
  expect(textOfFile(new Uint8Array(bytes).buffer)).toBe('号码')
})
