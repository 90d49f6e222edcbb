import { lazy } from 'react'
import type { Me } from '../../people/sessions/schema.ts'
import { Opening, Unreachable } from '../kit/whole-page.tsx'
import { useMySeatQuery } from './my-seat.ts'

const SeatChoicePage = lazy(() => import('../seat-choice/seat-choice-page.tsx'))
const DeskPage = lazy(() => import('../agent/desk-page.tsx'))

interface Props {
  readonly me: Me
  /** Another page is being looked at: the desk stays, and a choice of seats is not drawn. */
  readonly hidden?: boolean
}

/** The desk of whoever sits at a seat; who does not yet chooses one. The service knows which; the page asks. */
export function MyPlace({ me, hidden = false }: Props) {
  const mySeat = useMySeatQuery()
  if (mySeat.data === undefined) return mySeat.isError ? <Unreachable /> : <Opening />
  if (mySeat.data === null) return hidden ? null : <SeatChoicePage me={me} />
  return <DeskPage key={mySeat.data.seat.number} me={me} mySeat={mySeat.data} />
}
