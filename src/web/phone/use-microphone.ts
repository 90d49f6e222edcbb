import { useCallback, useEffect, useState } from 'react'
import { closeMicrophone, type MicrophoneProblem, openMicrophone, watchMicrophone } from './microphone.ts'

interface MicrophoneCheck {
  /** Null: it opens, or the answer is not known yet. */
  readonly problem: MicrophoneProblem | null
  readonly checkAgain: () => void
}

/** Tries the microphone once when the desk opens: a refusal is to be seen before the first call, not in it. */
export function useMicrophone(needed: boolean): MicrophoneCheck {
  const [problem, setProblem] = useState<MicrophoneProblem | null>(null)
  const checkAgain = useCallback(() => {
    openMicrophone().then(microphone => {
      if (microphone.ok) closeMicrophone(microphone.stream)
      setProblem(microphone.ok ? null : microphone.problem)
    })
  }, [])
  useEffect(() => {
    if (!needed) return
    checkAgain()
    return watchMicrophone(checkAgain)
  }, [needed, checkAgain])
  return { problem, checkAgain }
}
