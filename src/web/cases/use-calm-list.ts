import { useMemo, useState } from 'react'
import { asRead, type CalmList, calmly } from './calm-list.ts'
import { type Filter, useOrders } from './use-orders.ts'

interface Held extends CalmList {
  /** Of which list they are, as it was read last. */
  readonly list: string
  readonly reading: object | null
}

const NONE: Held = { list: '', reading: null, rows: [], fresh: 0 }

/** A list that follows what happens without moving what is being read; `renew` shows it as it is now. */
export function useCalmList(filter: Filter, open: string | null) {
  const query = useOrders(filter)
  const { data, isPlaceholderData } = query
  const reading = useMemo(
    () =>
      data === undefined || isPlaceholderData
        ? null
        : { orders: data.pages.flatMap(page => page.orders), more: data.pages.at(-1)?.next !== null },
    [data, isPlaceholderData],
  )
  const list = JSON.stringify(filter)
  const [held, setHeld] = useState(NONE)
  // While it is drawn, as React has it for what follows from what has come in.
  if (reading !== null && (held.list !== list || held.reading !== reading)) {
    const shown = held.list === list ? calmly(held.rows, reading, open) : asRead(reading)
    setHeld({ ...shown, list, reading })
  }
  const renew = () => {
    if (reading !== null) setHeld({ ...asRead(reading), list, reading })
  }
  return { query, rows: held.rows, fresh: held.fresh, renew }
}
