import { z } from 'zod'

// Zod would otherwise probe for `new Function`, which the Content-Security-Policy forbids and reports.
z.config({ jitless: true })

/** Schemas for whatever comes from outside: orders, stored choices, replies of servers and devices. */
export { z }
