import type { ConsoleMessage, Page } from 'playwright-core'

/** An answer that is no fault, though Chromium's console calls each one above 399 an error. */
export interface ExpectedAnswer {
  readonly method: string
  readonly path: string
  readonly status: number
}

/**
 * What a page complains of: errors and warnings on its console, exceptions nobody caught, requests that failed and
 * what its content security policy forbade. It grows while the page lives; empty is well.
 */
export async function watchComplaints(
  page: Page,
  expected: readonly ExpectedAnswer[],
): Promise<readonly string[]> {
  const complaints: string[] = []
  await page.exposeFunction('complain', (text: string) => complaints.push(text))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', event =>
      Reflect.get(window, 'complain')(`CSP ${event.violatedDirective}: ${event.blockedURI}`),
    )
  })
  page.on('console', message => {
    if (isComplaint(message)) complaints.push(`console ${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', error => complaints.push(`exception: ${error.stack ?? error.message}`))
  page.on('response', response => {
    if (response.status() < 400) return
    const answer = {
      method: response.request().method(),
      path: new URL(response.url()).pathname,
      status: response.status(),
    }
    const isExpected = expected.some(
      ({ method, path, status }) =>
        method === answer.method && path === answer.path && status === answer.status,
    )
    if (!isExpected) complaints.push(`${answer.method} ${answer.path}: ${answer.status}`)
  })
  return complaints
}

/** Answers above 399 are judged by `expected`: their lines on the console name neither method nor sense. */
function isComplaint(message: ConsoleMessage): boolean {
  if (message.type() !== 'error' && message.type() !== 'warning') return false
  return !message.text().startsWith('Failed to load resource: the server responded with a status of')
}
