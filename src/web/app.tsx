import { MutationCache, QueryCache, QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import { App as AntApp, ConfigProvider } from 'antd'
import en from 'antd/locale/en_US.js'
import zh from 'antd/locale/zh_CN.js'
import { type ComponentType, lazy, Suspense } from 'react'
import type { MySeat } from '../floor/seats/schema.ts'
import type { Me } from '../people/sessions/schema.ts'
import { codeOf, get, Problem } from './kit/api.ts'
import { ErrorBoundary } from './kit/error-boundary.tsx'
import { LanguageProvider, useWords } from './kit/language.tsx'
import { theme } from './kit/theme.ts'
import { Opening, Unreachable } from './kit/whole-page.tsx'
import { SignInPage } from './sign-in/sign-in-page.tsx'

const SeatChoicePage = lazy(() => import('./seat-choice/seat-choice-page.tsx'))
const DeskPage = lazy(() => import('./agent/desk-page.tsx'))
/** What who leads the floor may open beside it, by path. */
const LEAD_PAGES: Readonly<Record<string, ComponentType<{ readonly me: Me }>>> = {
  '/alarms': lazy(() => import('./alarms/alarms-page.tsx')),
  '/announcements': lazy(() => import('./announcements/announcements-page.tsx')),
  '/ivr': lazy(() => import('./ivr/ivr-page.tsx')),
  '/supervision-log': lazy(() => import('./supervision-log/supervision-log-page.tsx')),
}
const ShiftLeadPage = lazy(() => import('./shift-lead/shift-lead-page.tsx'))

/** Signed out elsewhere, or the session has run out: whatever asked, the page goes back to signing in. */
function noticeSignOut(error: unknown): void {
  if (codeOf(error) === 'not-signed-in') queries.setQueryData(['session'], null)
}
const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeSignOut }),
  mutationCache: new MutationCache({ onError: noticeSignOut }),
  defaultOptions: {
    queries: {
      // A refusal will not change by asking again; an unreachable service may.
      retry: (failures, error) => codeOf(error) === 'unreachable' && failures < 2,
      refetchOnWindowFocus: false,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
})

export function App() {
  return (
    <QueryClientProvider client={queries}>
      <LanguageProvider>
        <Dressed />
      </LanguageProvider>
    </QueryClientProvider>
  )
}

function Dressed() {
  const { language } = useWords()
  return (
    <ConfigProvider
      button={{ autoInsertSpace: false }}
      theme={theme}
      locale={language === 'zh' ? zh.default : en.default}
    >
      <AntApp className="app" notification={{ placement: 'bottomRight' }}>
        <ErrorBoundary>
          <Suspense fallback={<Opening />}>
            <WhereToGo />
          </Suspense>
        </ErrorBoundary>
      </AntApp>
    </ConfigProvider>
  )
}

/** Not signed in → sign in; who leads the floor → the floor; no seat → choose one; else the desk. The service knows which; the page asks. */
function WhereToGo() {
  const session = useQuery({
    queryKey: ['session'],
    queryFn: () => otherwise<Me>('/api/session', 'not-signed-in'),
    refetchInterval: query => (query.state.status === 'error' ? 3_000 : false),
    retry: false,
  })
  const mySeat = useQuery({
    queryKey: ['my-seat'],
    queryFn: () => otherwise<MySeat>('/api/my-seat', 'no-seat', 'not-found'),
    enabled: session.data !== undefined && session.data !== null && !leadsFloor(session.data),
    refetchInterval: query => (query.state.status === 'error' ? 3_000 : false),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (session.data === null) return <SignInPage />
  if (session.data === undefined) return session.isError ? <Unreachable /> : <Opening />
  if (leadsFloor(session.data)) {
    const LeadPage = LEAD_PAGES[location.pathname] ?? ShiftLeadPage
    return <LeadPage me={session.data} />
  }
  if (mySeat.data === undefined) return mySeat.isError ? <Unreachable /> : <Opening />
  if (mySeat.data === null) return <SeatChoicePage me={session.data} />
  return <DeskPage key={mySeat.data.seat.number} me={session.data} mySeat={mySeat.data} />
}

/** Shift leads and administrators watch the floor; one who has a 工号 as well takes calls at a seat. */
function leadsFloor({ role, agentNumber }: Me): boolean {
  return (role === 'shift-lead' || role === 'admin') && agentNumber === null
}

/** The body, or null when the service refuses with one of `codes`: an answer, not a failure. */
async function otherwise<Body>(path: string, ...codes: readonly string[]): Promise<Body | null> {
  try {
    return await get<Body>(path)
  } catch (error) {
    if (error instanceof Problem && codes.includes(error.code)) return null
    throw error
  }
}
