/**
 * `insecure`: the browser hands out no microphone here at all (plain http from another host). `busy`: it is
 * there and allowed, and does not open.
 */
export type MicrophoneProblem = 'insecure' | 'refused' | 'missing' | 'busy'

export type Microphone =
  | { readonly ok: true; readonly stream: MediaStream }
  | { readonly ok: false; readonly problem: MicrophoneProblem }

/** Opens the microphone, asking the agent if the browser wants that. The caller stops the tracks. */
export async function openMicrophone(): Promise<Microphone> {
  // Absent in an insecure context, whatever the types say.
  const devices: MediaDevices | undefined = navigator.mediaDevices
  if (devices === undefined) return { ok: false, problem: 'insecure' }
  try {
    const audio = { echoCancellation: true, noiseSuppression: true, autoGainControl: true }
    return { ok: true, stream: await devices.getUserMedia({ audio }) }
  } catch (error) {
    return { ok: false, problem: microphoneProblem(error instanceof DOMException ? error.name : '') }
  }
}

/** W3C Media Capture and Streams §10.3 names the errors; browsers add NotReadable for a device in use. */
export function microphoneProblem(errorName: string): MicrophoneProblem {
  switch (errorName) {
    case 'NotAllowedError':
      return 'refused'
    case 'SecurityError':
      return 'insecure'
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing'
    default:
      return 'busy'
  }
}

export function closeMicrophone(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}

/** Calls `changed` when permission or devices change, so that a refused agent need not reload the page. */
export function watchMicrophone(changed: () => void): () => void {
  const stop = new AbortController()
  const devices: MediaDevices | undefined = navigator.mediaDevices
  devices?.addEventListener('devicechange', changed, { signal: stop.signal })
  navigator.permissions
    ?.query({ name: 'microphone' })
    .then(permission => permission.addEventListener('change', changed, { signal: stop.signal }))
    .catch(() => undefined) // Browsers without this name: the button to check again remains.
  return () => stop.abort()
}
