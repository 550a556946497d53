-- wrk's part of src/test/bench/http: wrk -s wrk.lua URL -- METHOD KEYS
-- Asks for /kv/bench-1 … /kv/bench-KEYS in turn; ends with one line "RESULT requests/s p50-ms p99-ms failures".

local prepared = {}
local at = 0

function init(arguments)
  local method, keys = arguments[1], tonumber(arguments[2])
  local headers, body = {}, nil
  if method == "PUT" then
    headers["Content-Type"] = "text/plain"
    body = "a value of thirty-two characters"
  end
  for i = 1, keys do
    prepared[i] = wrk.format(method, "/kv/bench-" .. i, headers, body)
  end
end

function request()
  at = at % #prepared + 1
  return prepared[at]
end

function done(summary, latency, _)
  local errors = summary.errors
  local failures = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  local perSecond = summary.requests / (summary.duration / 1e6)
  local line = "RESULT %.0f %.2f %.2f %d\n"
  io.write(line:format(perSecond, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, failures))
end
