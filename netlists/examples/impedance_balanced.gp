# gnuplot: the picture of the README, from the CSV that the README's command writes
set terminal svg size 720,440 font "sans-serif,12" background "white"
set output out
set datafile separator ","
set logscale x
set grid
set xrange [20:20000]
set yrange [40:125]
set xlabel "frequency (Hz)"
set ylabel "common-mode rejection (dB)"
set key outside below samplen 2
db(re, im) = 10*log10(re**2 + im**2)
col(n) = db(column("re(".n.")"), column("im(".n.")"))
plot csv using "frequency":(col("trafo.cmrr")) with lines lw 2 lc rgb "#7b3294" title "impedance-balanced into a transformer", \
     csv using "frequency":(col("link.cmrr")) with lines lw 4 lc rgb "#1b9e77" title "impedance-balanced into a difference amplifier", \
     csv using "frequency":(col("driven.cmrr")) with lines lw 2 dt 2 lc rgb "black" title "both wires driven, into the same amplifier", \
     csv using "frequency":(col("link.iec")) with lines lw 2 lc rgb "#d95f02" title "impedance-balanced, 10 ohm more in one leg (IEC 60268-3)", \
     csv using "frequency":(col("wire.cmrr")) with lines lw 2 lc rgb "#b2182b" title "without the cold resistor"
