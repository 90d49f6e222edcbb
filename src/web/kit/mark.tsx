/** The hotline's mark: a handset on the city's blue. */
export function Mark({ large = false }: { readonly large?: boolean }) {
  const size = large ? 56 : 30
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill={large ? '#0a4f94' : 'rgba(255,255,255,.16)'} />
      <path
        d="M9.500 7.500c-1.300 0-2.400 1.100-2.200 2.400 1 8 7.200 14.200 15 15 1.300.2 2.400-.9 2.400-2.200v-2.600c0-.9-.6-1.700-1.500-1.900l-3.100-.8c-.7-.2-1.500.1-1.900.7l-.9 1.300a14 14 0 0 1-5-5l1.300-.9c.6-.4.9-1.200.7-1.900l-.8-3.100c-.2-.9-1-1.500-1.900-1.500z"
        fill="#fff"
      />
    </svg>
  )
}
