/** Whether the INVITE's Call-Info asks that the phone pick up by itself: `<sip:…>;answer-after=0`. */
export function asksToAnswer(callInfo: string | undefined): boolean {
  return callInfo !== undefined && /;\s*answer-after\s*=\s*0\s*(?:[;,]|$)/i.test(callInfo)
}
