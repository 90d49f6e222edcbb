import { lazy } from 'react'
import type { Me } from '../../people/sessions/schema.ts'
import { Opening, Unreachable } from '../kit/whole-page.tsx'
import { useMySeatQuery } from './my-seat.ts'

const SeatChoicePage = lazy(() => import('../seat-choice/seat-choice-page.tsx'))
const DeskPage = lazy(() => import('../agent/desk-page.tsx'))

/** The desk of whoever sits at a seat; who does not yet chooses one. The service knows which; the page asks. */
export function MyPlace({ me }: { readonly me: Me }) {
  const mySeat = useMySeatQuery()
  if (mySeat.data === undefined) return mySeat.isError ? <Unreachable /> : <Opening />
  if (mySeat.data === null) return <SeatChoicePage me={me} />
  return <DeskPage key={mySeat.data.seat.number} me={me} mySeat={mySeat.data} />
}
