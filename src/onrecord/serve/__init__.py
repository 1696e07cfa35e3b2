"""Shows the ledger to people as pages and to programs as an API, and lets them act on it.

app         puts the server together      pages/     what people see
house       what all requests share       api/       what programs see, under /api/v1
visit       who asks, and what they may   accounts/  users, sessions, tokens
rendering   a page from a template        static/    style sheets, scripts
"""
