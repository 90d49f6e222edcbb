import { createHmac } from 'node:crypto'

/** RFC 3986: all but letters, digits and `-_.~`, in UTF-8. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** Parameters as `a=1&b=2`, by name, encoded once. */
function canonical(parameters: Readonly<Record<string, string>>): string {
  return Object.entries(parameters)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
    .join('&')
}

/**
 * The signature of Alibaba Cloud's RPC style, version 1.0: HMAC-SHA1 in Base64 over method, path and all parameters but
 * itself. The key is the secret with `&` behind it.
 */
export function signatureOf(
  secret: string,
  method: 'GET' | 'POST',
  parameters: Readonly<Record<string, string>>,
): string {
  const toSign = `${method}&${percentEncode('/')}&${percentEncode(canonical(parameters))}`
  return createHmac('sha1', `${secret}&`).update(toSign).digest('base64')
}
