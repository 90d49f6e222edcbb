import { expect, test } from 'vitest'
import { percentEncode, signatureOf } from './signature.ts'

test('the request of the documentation has the signature of the documentation', () => {
  const parameters = {
    Timestamp: '2016-02-23T12:46:24Z',
    Format: 'XML',
    AccessKeyId: 'testid',
    Action: 'DescribeRegions',
    SignatureMethod: 'HMAC-SHA1',
    SignatureNonce: '3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf',
    Version: '2014-05-26',
    SignatureVersion: '1.0',
  }
  expect(signatureOf('testsecret', 'GET', parameters)).toBe('OLeaidS1JvxuMvnyHOwuJ+uX5qY=')
  expect(signatureOf('testsecret', 'POST', parameters)).not.toBe('OLeaidS1JvxuMvnyHOwuJ+uX5qY=')
})

test('so has the one with Chinese words and JSON in it', () => {
  const parameters = {
    SignatureMethod: 'HMAC-SHA1',
    SignatureNonce: '45e25e9b-0a6f-4070-8c85-2956eda1b466',
    AccessKeyId: 'testId',
    SignatureVersion: '1.0',
    Timestamp: '2017-07-12T02:42:19Z',
    Format: 'XML',
    Action: 'SendSms',
    Version: '2017-05-25',
    RegionId: 'cn-hangzhou',
    PhoneNumbers: '15300000001',
    SignName: '阿里云短信测试专用',
    TemplateParam: '{"customer":"test"}',
    TemplateCode: 'SMS_71390007',
    OutId: '123',
  }
  expect(signatureOf('testSecret', 'GET', parameters)).toBe('zJDF+Lrzhj/ThnlvIToysFRq6t4=')
})

test('a space is no plus, and what a URL would leave is encoded', () => {
  expect(percentEncode("2026-12-01 08:00:00 !'()*~-_.")).toBe(
    '2026-12-01%2008%3A00%3A00%20%21%27%28%29%2A~-_.',
  )
})
