import { type RefObject, useEffect, useRef, useState } from 'react'

/** The inner height of an element in pixels, followed as it changes; 0 until it has been measured. */
export function useHeight<Element extends HTMLElement>(): [RefObject<Element | null>, number] {
  const box = useRef<Element>(null)
  const [height, setHeight] = useState(0)
  useEffect(() => {
    if (box.current === null) return
    const watch = new ResizeObserver(([entry]) => setHeight(Math.floor(entry?.contentRect.height ?? 0)))
    watch.observe(box.current)
    return () => watch.disconnect()
  }, [])
  return [box, height]
}
