-- Asks for the addresses of a file, each thread from another place on, with a pause after each answer.
-- wrk … -s wrk.lua -- FILE COOKIE MILLISECONDS
local paths, cookie, pause, at = {}, "", 0, 0
local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("number", threads)
end

function init(arguments)
  for line in io.lines(arguments[1]) do paths[#paths + 1] = line end
  cookie, pause = arguments[2], tonumber(arguments[3])
  at = number * 7919
  math.randomseed(number)
end

function delay() return math.random(pause) * 2 end

function request()
  at = at % #paths + 1
  return wrk.format("GET", paths[at], { ["Cookie"] = cookie })
end

function done(summary, latency, requests)
  local e = summary.errors
  local wrong = e.connect + e.read + e.write + e.status + e.timeout
  io.write(string.format("FIGURES %d %d %.1f %.1f %.1f\n", summary.requests, wrong,
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency.max / 1000))
end
