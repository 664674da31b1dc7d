# Reads YAML files with Psych: `ruby psych.rb FILE...`.
#
# Next to each file is its twin in JSON. Prints the version of the reader, then one JSON object for each file, with
# both as JSON texts.

require "date"
require "json"
require "psych"

# What JSON lacks differs from every value that it has.
def encoded(value)
  case value
  when Hash then value.to_h { |key, member| [key.is_a?(String) ? key : "#{key.class}: #{key}", encoded(member)] }
  when Array then value.map { |item| encoded(item) }
  when Float then value.finite? ? value : "Float: #{value}"
  when nil, true, false, Integer, String then value
  else "#{value.class}: #{value}"
  end
end

puts JSON.generate({ client: "Psych", version: Psych::VERSION })
ARGV.each do |file|
  line = { subject: file, json: JSON.generate(encoded(JSON.parse(File.read(file.sub(/\.yaml\z/, ".json"))))) }
  begin
    line[:yaml] = JSON.generate(encoded(Psych.unsafe_load(File.read(file))))
  rescue StandardError => error
    line[:fault] = "#{error.class}: #{error.message}"
  end
  puts JSON.generate(line)
end
