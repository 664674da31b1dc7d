# Reads YAML files with YAML::XS or YAML::PP: `perl perl.pl READER FILE...`.
#
# Next to each file is its twin in JSON. Prints the version of the reader, then one JSON object for each file, with
# both as JSON texts.

use strict;
use warnings;

use B;
use JSON::PP;

sub text_of {
    my ($file) = @_;
    open my $handle, '<:raw', $file or die "$file: $!\n";
    local $/;
    return <$handle>;
}

sub pp_of {
    my ($schema) = @_;
    return sub {
        require YAML::PP;
        my $text = text_of(shift);
        utf8::decode($text);
        return YAML::PP->new(schema => [$schema], boolean => 'JSON::PP')->load_string($text);
    };
}

sub is_text {
    my ($value) = @_;
    return B::svref_2object(\$value)->FLAGS & B::SVp_POK;
}

# Perl prints one number in several ways: an equal number of the twin takes its place. YAML::XS keeps a float as its
# text, which Perl uses as a number.
sub with_numbers {
    my ($value, $twin, $is_xs) = @_;
    if (ref $value eq 'HASH' && ref $twin eq 'HASH') {
        return { map { $_ => with_numbers($value->{$_}, $twin->{$_}, $is_xs) } keys %$value };
    }
    if (ref $value eq 'ARRAY' && ref $twin eq 'ARRAY') {
        return [ map { with_numbers($value->[$_], $twin->[$_], $is_xs) } 0 .. $#$value ];
    }
    return $value if !defined $value || !defined $twin || ref $value || ref $twin;
    my $is_number = !is_text($value) || $is_xs && $value =~ /\A-?[0-9]+\.[0-9]/;
    return !is_text($twin) && $is_number && $value == $twin ? $twin : $value;
}

my %readers = (
    'xs' => ['YAML::XS', 'YAML::XS', sub {
        require YAML::XS;
        no warnings 'once';
        local $YAML::XS::Boolean = 'JSON::PP';
        return YAML::XS::Load(text_of(shift));
    }],
    'pp-core' => ['YAML::PP', 'YAML::PP', pp_of('Core')],
    'pp-1.1' => ['YAML::PP in 1.1 mode', 'YAML::PP', pp_of('YAML1_1')],
);

my ($name, @files) = @ARGV;
die 'usage: perl perl.pl ' . join('|', sort keys %readers) . " FILE...\n"
    unless defined $name && $readers{$name} && @files;
my ($client, $package, $load) = @{ $readers{$name} };
eval "require $package; 1" or die $@;

my $json = JSON::PP->new->utf8->canonical->allow_nonref;
my $line = JSON::PP->new->utf8->canonical;
local $| = 1;
print $line->encode({ client => $client, version => $package->VERSION . '' }), "\n";
for my $file (@files) {
    (my $twin = $file) =~ s/\.yaml\z/.json/;
    my $expected = $json->decode(text_of($twin));
    my %result = (subject => $file);
    eval {
        $result{yaml} = $json->encode(with_numbers($load->($file), $expected, $name eq 'xs'));
        1;
    } or $result{fault} = "$@";
    $result{json} = $json->encode($expected);
    utf8::decode($_) for values %result;
    print $line->encode(\%result), "\n";
}
