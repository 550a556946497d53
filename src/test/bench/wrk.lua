-- wrk's part of the benchmarks over HTTP: wrk -s wrk.lua URL -- METHOD KEYS [BYTES, default 32]
-- Asks for /kv/bench-1 … /kv/bench-KEYS in turn, and in random order if they are more than 10,000.
-- Ends with one line "RESULT requests/s p50-ms p99-ms failures".

local most_prepared = 10000
local prepared = {}
local at, keys = 0, 0
local before_key, behind_key

function init(arguments)
  local method, bytes = arguments[1], tonumber(arguments[3] or 32)
  keys = tonumber(arguments[2])
  local headers, body = {}, nil
  if method == "PUT" then
    headers["Content-Type"] = "text/plain"
    body = string.rep("a value of thirty-two characters", math.ceil(bytes / 32)):sub(1, bytes)
  end
  local one = wrk.format(method, "/kv/bench-@", headers, body)
  before_key, behind_key = one:match("^(.-)@(.*)$")
  for i = 1, math.min(keys, most_prepared) do
    prepared[i] = before_key .. i .. behind_key
  end
end

function request()
  if keys > most_prepared then
    return before_key .. math.random(keys) .. behind_key
  end
  at = at % keys + 1
  return prepared[at]
end

function done(summary, latency, _)
  local errors = summary.errors
  local failures = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  local perSecond = summary.requests / (summary.duration / 1e6)
  local line = "RESULT %.0f %.2f %.2f %d\n"
  io.write(line:format(perSecond, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, failures))
end
