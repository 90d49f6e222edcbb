import { MutationCache, QueryCache, QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import { App as AntApp, ConfigProvider } from 'antd'
import en from 'antd/locale/en_US.js'
import zh from 'antd/locale/zh_CN.js'
import { Suspense } from 'react'
import type { Me } from '../people/sessions/schema.ts'
import { codeOf, getOrNull } from './kit/api.ts'
import { ErrorBoundary } from './kit/error-boundary.tsx'
import { LanguageProvider, useWords } from './kit/language.tsx'
import { theme } from './kit/theme.ts'
import { Opening, Unreachable } from './kit/whole-page.tsx'
import { MyPlace } from './shell/my-place.tsx'
import { Shell } from './shell/shell.tsx'
import { SignInPage } from './sign-in/sign-in-page.tsx'

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

/** Not signed in → sign in; an agent → the desk, or a seat to choose; everybody else → the shell. */
function WhereToGo() {
  const session = useQuery({
    queryKey: ['session'],
    queryFn: () => getOrNull<Me>('/api/session', 'not-signed-in'),
    refetchInterval: query => (query.state.status === 'error' ? 3_000 : false),
    retry: false,
  })
  if (session.data === null) return <SignInPage />
  if (session.data === undefined) return session.isError ? <Unreachable /> : <Opening />
  return session.data.role === 'agent' ? <MyPlace me={session.data} /> : <Shell me={session.data} />
}
