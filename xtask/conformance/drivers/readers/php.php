<?php
// Reads YAML files with the extension yaml of PHP: `php php.php FILE...`.
//
// Next to each file is its twin in JSON. Prints the version of the reader, then one JSON object for each file, with
// both as JSON texts. An empty mapping is an empty list in PHP, in both.

declare(strict_types=1);

const FLAGS = JSON_PRESERVE_ZERO_FRACTION | JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE;

/** What JSON lacks differs from every value that it has. */
function encoded(mixed $value): mixed
{
    if (is_array($value)) {
        return array_map('encoded', $value);
    }
    return is_float($value) && !is_finite($value) ? "float: $value" : $value;
}

set_error_handler(function (int $_, string $message): never {
    throw new ErrorException($message);
});
echo json_encode(['client' => 'PHP yaml', 'version' => phpversion('yaml')], FLAGS), "\n";
foreach (array_slice($argv, 1) as $file) {
    $twin = file_get_contents(preg_replace('/\.yaml$/', '.json', $file));
    $line = ['subject' => $file, 'json' => json_encode(encoded(json_decode($twin, true)), FLAGS)];
    try {
        $line['yaml'] = json_encode(encoded(yaml_parse(file_get_contents($file))), FLAGS);
    } catch (Exception $error) {
        $line['fault'] = $error->getMessage();
    }
    echo json_encode($line, FLAGS), "\n";
}
